using System.Text.Json;

namespace System.Tests.Administration;

/// <summary>How gsctl has ended.</summary>
public sealed record GsctlResult(int ExitCode, string Output, string Error)
{
    /// <summary>Its first line of output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output.Split('\n')[0]).RootElement;
}
