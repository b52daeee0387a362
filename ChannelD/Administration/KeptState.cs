using ChannelD.State;
using Shared.Operations.Administration;

namespace ChannelD.Administration;

/// <summary>What an operator is told where the store fails.</summary>
internal static class KeptState
{
    /// <summary>The refusal.</summary>
    public static AdminRefusedException Refuse(StateStoreException fault) => AdminRefusedException.Unavailable(fault.MayHaveHappened
        ? "The store was lost while it was being changed: the change may have been made. See the log of channelD."
        : "The store cannot be reached; nothing was changed. See the log of channelD.");
}
