using System.Text.Json.Serialization;

namespace Shared.Protocol.Administration;

/// <summary>
/// Reads and writes what travels over the administration endpoint: names in camel case, null left out, members that are not known passed over
/// (a daemon refuses them in what it is asked). What has to be there and is not, or is null, does not pass.
/// </summary>
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 16)]
[JsonSerializable(typeof(AdminRefusal))]
[JsonSerializable(typeof(DaemonStatus))]
[JsonSerializable(typeof(MetricsAnswer))]
[JsonSerializable(typeof(SessionsAnswer))]
[JsonSerializable(typeof(CharactersAnswer))]
[JsonSerializable(typeof(FindAnswer))]
[JsonSerializable(typeof(DrainRequest))]
[JsonSerializable(typeof(DrainAnswer))]
[JsonSerializable(typeof(KickRequest))]
[JsonSerializable(typeof(KickAnswer))]
[JsonSerializable(typeof(MuteRequest))]
[JsonSerializable(typeof(UnmuteRequest))]
[JsonSerializable(typeof(MuteAnswer))]
[JsonSerializable(typeof(TraceRequest))]
[JsonSerializable(typeof(TraceLine))]
public sealed partial class AdminJson : JsonSerializerContext;
