using System.Text.Json.Serialization;
using Gsctl.Reports;

namespace Gsctl.Output;

/// <summary>Writes what <c>--json</c> prints: names in camel case, null left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(WhoReport))]
[JsonSerializable(typeof(FindReport))]
[JsonSerializable(typeof(DrainReport))]
[JsonSerializable(typeof(KickReport))]
[JsonSerializable(typeof(MuteReport))]
[JsonSerializable(typeof(TracedReport))]
[JsonSerializable(typeof(QueuesReport))]
[JsonSerializable(typeof(PurgeReport))]
[JsonSerializable(typeof(TopReport))]
internal sealed partial class GsctlJson : JsonSerializerContext;
