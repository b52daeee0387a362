namespace Shared.Protocol.Hosting;

/// <summary>Prepares the command line for the builders of the framework.</summary>
public static class DaemonArguments
{
    /// <summary>
    /// The arguments to give to <c>HostApplicationBuilderSettings.Args</c> or <c>WebApplicationOptions.Args</c>: the user's own, after
    /// the switch that keeps the builder from watching the configuration files.
    /// </summary>
    /// <remarks>
    /// The daemons read their configuration once, and a watch costs an inotify instance: with the user's 128 used up, a daemon would
    /// not start. The switch comes first, for a last argument without a value would take it for its value.
    /// </remarks>
    public static string[] ForHost(string[] arguments) => ["--hostBuilder:reloadConfigOnChange=false", .. arguments];
}
