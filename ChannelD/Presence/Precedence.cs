using ChannelD.Directory;

namespace ChannelD.Presence;

/// <summary>Which of two channelDs has a character that both say they have. All channelDs decide alike, whatever they learn first.</summary>
internal static class Precedence
{
    /// <summary>
    /// Whether the first claim wins. Of one session the later entry wins, for it has moved; of two sessions the earlier one, for the name was its
    /// already. Entries of the same nanosecond go to the lower channel.
    /// </summary>
    public static bool Wins(SessionId session, long enteredAtNs, int instance, SessionId otherSession, long otherEnteredAtNs, int otherInstance)
    {
        if (enteredAtNs == otherEnteredAtNs)
        {
            return instance < otherInstance;
        }

        return session == otherSession ? enteredAtNs > otherEnteredAtNs : enteredAtNs < otherEnteredAtNs;
    }
}
