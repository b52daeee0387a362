using System.Text.Json.Serialization;

namespace Shared.Operations.Endpoint;

/// <summary>Reads and writes <see cref="ReadinessAnswer"/>: <c>{"daemon":"chatD","instance":0,"ready":false,"notReady":[{"name":"…","reason":"…"}]}</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadinessAnswer))]
internal sealed partial class ReadinessJson : JsonSerializerContext;
