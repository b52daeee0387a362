namespace Shared.Operations.CommandLine;

/// <summary>What a daemon's command line asks for.</summary>
internal enum DaemonCommand
{
    /// <summary>To run.</summary>
    Run = 0,

    /// <summary>How it is called.</summary>
    Help,

    /// <summary>Which version it is.</summary>
    Version,

    /// <summary>Whether the configuration is valid.</summary>
    CheckConfig,

    /// <summary>What the configuration comes to.</summary>
    PrintConfig,

    /// <summary>A configuration file with all options.</summary>
    SampleConfig,

    /// <summary>Whether the daemon of that configuration, which runs, is ready.</summary>
    Health,
}
