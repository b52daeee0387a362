using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;

namespace WholePath.Players;

/// <summary>A file of frames that a C program sends. Disposal removes it.</summary>
internal sealed class PlayerFrames : IDisposable
{
    private readonly PooledBuffer _frames = new();

    private PlayerFrames() => Path = System.IO.Path.GetTempFileName();

    /// <summary>The full path of the file.</summary>
    internal string Path { get; }

    /// <summary>The bytes of the last frame.</summary>
    internal int LastFrameBytes { get; private set; }

    /// <summary>A log-in, and the lines of that player. His session ends with its connection, so that no line needs a number of its own.</summary>
    internal static PlayerFrames OfLines(string name, IEnumerable<string> lines)
    {
        var frames = new PlayerFrames();
        frames.Add(LogIn(name));
        foreach (string line in lines)
        {
            frames.Add(new ClientLine(1, line));
        }

        return frames.Saved();
    }

    /// <summary>The answer to a ping, and the log-ins of many players.</summary>
    internal static PlayerFrames OfLogIns(IEnumerable<string> names)
    {
        var frames = new PlayerFrames();
        frames.Add(default(ClientPong));
        foreach (string name in names)
        {
            frames.Add(LogIn(name));
        }

        return frames.Saved();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(Path);
        _frames.Dispose();
    }

    private static ClientLogIn LogIn(string name) => new(PlayerProtocol.Version, name, 1, "헤네시스", Language.Korean);

    private void Add<T>(in T message)
        where T : IWireMessage<T>
    {
        int before = _frames.WrittenBytes;
        PlayerFraming.WriteFrame(_frames, message);
        LastFrameBytes = _frames.WrittenBytes - before;
    }

    private PlayerFrames Saved()
    {
        File.WriteAllBytes(Path, _frames.WrittenSpan);
        return this;
    }
}
