using System.Text.Json.Serialization;

namespace ChatClient.Load.Page;

/// <summary>Writes <see cref="LoadPageData"/> for a script in a page: the usual encoder escapes whatever could end that script.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadPageData))]
internal sealed partial class LoadPageJson : JsonSerializerContext;
