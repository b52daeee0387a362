using Shared.Protocol.Requests;

namespace ChatClient.Conversation;

/// <summary>Counts how the lines ended. For one thread at a time.</summary>
public sealed class ConversationTally
{
    /// <summary>Lines that ended Ok or with an error: they were answered.</summary>
    public long Answered { get; private set; }

    /// <summary>Lines that ended busy or unknown.</summary>
    public long Unanswered { get; private set; }

    /// <summary>Counts one line.</summary>
    public void Count(OutcomeKind outcome)
    {
        if (outcome is OutcomeKind.Ok or OutcomeKind.Error)
        {
            Answered++;
        }
        else
        {
            Unanswered++;
        }
    }
}
