using IpcBench.Exchanging;

namespace IpcBench.Mechanisms.Http;

/// <summary>POST to Kestrel over a Unix socket: with HTTP/1.1, a connection for each request in flight; with HTTP/2, one for all.</summary>
internal sealed class HttpMechanism(string id, string title, bool isHttp2) : Mechanism
{
    internal override string Id => id;

    internal override string Title => title;

    internal override async Task<IAnswerer> OpenAnswererAsync(Place place) => await HttpAnswerer.StartAsync(place.File("http"), isHttp2);

    protected override IAsker OpenAsker(Place place) => new HttpAsker(place.File("http"), isHttp2);
}
