namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// An option that a running daemon takes over on SIGHUP; on a class, all options of it. Whoever uses it asks
/// <c>IOptionsMonitor&lt;T&gt;</c>, and not <c>IOptions&lt;T&gt;</c>, which stays as it was at start. All others need a restart.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class ReloadableAttribute : Attribute;
