using Shared.Protocol.Messages.Links;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Peers;

/// <content>How a channelD takes its leave without leaving a request behind.</content>
public sealed partial class ChatPeers
{
    // Whose answer to the farewell is still to come, and who has not even been sent it, for its mailbox was full.
    private readonly ulong[] _awaited = new ulong[Mailbox.MaxInstance + 1];
    private readonly bool[] _isFarewellDue = new bool[Mailbox.MaxInstance + 1];
    private bool _isLeaving;

    /// <summary>
    /// Tells every admitted chatD that this channelD stops, and admits none from now on; requests of those that are admitted are still to be run, until
    /// <see cref="IsLeaveTaken"/>.
    /// </summary>
    public void SayFarewell()
    {
        lock (_gate)
        {
            _isLeaving = true;
            for (int instance = 0; instance < _admitted.Length; instance++)
            {
                _awaited[instance] = _admitted[instance];
                _isFarewellDue[instance] = _admitted[instance] != 0;
            }
        }

        _ = IsLeaveTaken();
    }

    /// <summary>
    /// Whether no request of any chatD is to come any more: each has answered the farewell, or has gone. Sends the farewell again where there was no
    /// room for it. To be asked now and then after <see cref="SayFarewell"/>, for no longer than a stop may take: a chatD may not answer.
    /// </summary>
    public bool IsLeaveTaken()
    {
        bool isTaken = true;
        for (int instance = 0; instance < _admitted.Length; instance++)
        {
            bool isDue;
            lock (_gate)
            {
                if (_awaited[instance] == 0)
                {
                    continue;
                }

                isDue = _isFarewellDue[instance];
            }

            // What was sent to one that has gone since, nobody reads.
            bool isGone = _transport.IsPresent(new DaemonClaim(DaemonRole.ChatD, instance)) == false;
            bool isSent = !isGone && isDue && ControlFrames.TrySend(
                _transport, _codec, new Mailbox(MailboxKind.Event, instance), _generation, new Farewell(_channelId - 1)) == SendStatus.Sent;
            lock (_gate)
            {
                _isFarewellDue[instance] &= !isSent;
                if (isGone)
                {
                    _awaited[instance] = 0;
                }
            }

            isTaken &= isGone;
        }

        return isTaken;
    }

    private void TakeLeave(ulong generation, in FarewellAnswer answer)
    {
        lock (_gate)
        {
            if (answer.ChatInstance is >= 0 and <= Mailbox.MaxInstance
                && answer.ChannelGeneration == _generation
                && _awaited[answer.ChatInstance] == generation)
            {
                _awaited[answer.ChatInstance] = 0;
            }
        }
    }
}
