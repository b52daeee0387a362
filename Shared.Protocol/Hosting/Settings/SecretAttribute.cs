namespace Shared.Protocol.Hosting.Settings;

/// <summary>An option whose value is shown to nobody: not in messages, not in logs, not by <c>--print-config</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
