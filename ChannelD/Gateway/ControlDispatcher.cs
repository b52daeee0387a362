using ChannelD.Diagnostics;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace ChannelD.Gateway;

/// <summary>
/// Reads the control mailbox and hands each frame to whom it concerns, by the type number of its message: greetings, and whatever is not
/// registered, to the register of chatDs.
/// </summary>
/// <param name="codec">The wire.</param>
/// <param name="others">Takes all else, as it came.</param>
/// <param name="logger">Where what cannot be read is told.</param>
internal sealed class ControlDispatcher(FrameCodec codec, IFrameReceiver others, ILogger<ControlDispatcher> logger) : IFrameReceiver, IDisposable
{
    private readonly Dictionary<int, IControlReceiver> _receivers = [];
    private readonly PooledBuffer _scratch = new();
    private volatile bool _isOver;

    /// <summary>Registers the receiver of a type. Before the mailbox is read.</summary>
    public void Handle(int typeNumber, IControlReceiver receiver) => _receivers.Add(typeNumber, receiver);

    /// <summary>The transport is about to be closed: what is still read is of no more use, and could not be answered.</summary>
    public void Stop() => _isOver = true;

    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        try
        {
            if (!_isOver)
            {
                Hand(frame);
            }
        }
        catch (ObjectDisposedException) when (_isOver)
        {
            // This call was under way when the transport was closed.
        }
    }

    /// <inheritdoc/>
    public void OnReset()
    {
        others.OnReset();
        foreach (IControlReceiver receiver in _receivers.Values.Distinct())
        {
            receiver.OnReset();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private void Hand(ReadOnlySpan<byte> frame)
    {
        bool isControl = codec.TryRead(frame, _scratch, MessageKind.Control, out Envelope envelope, out ReadOnlySpan<byte> body) == FrameFault.None
            && envelope is { Kind: MessageKind.Control, Generation: not 0 };
        if (!isControl || !_receivers.TryGetValue(MessageTypes.Peek(body), out IControlReceiver? receiver))
        {
            others.OnFrame(frame);
            return;
        }

        try
        {
            receiver.OnFrame(envelope, body);
        }
        catch (MessagePackSerializationException)
        {
            ChannelLog.MalformedControl(logger, MessageTypes.Peek(body));
        }
    }
}
