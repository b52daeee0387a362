using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gsctl.Connection;

/// <summary>Reads an answer whose kind shows only when it is there.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AnyJson : JsonSerializerContext;
