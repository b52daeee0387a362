using Faults.Checker.History;

namespace Faults.Checker;

/// <summary>What the checker remembers of a request. It lives from the request's being asked until some time after its end.</summary>
public sealed class TrackedRequest
{
    /// <summary>Makes the memory of a request that has just been asked.</summary>
    public TrackedRequest(Asked asked, long sequence)
    {
        ArgumentNullException.ThrowIfNull(asked);
        Request = asked.Request;
        AskedNs = asked.AtNs;
        ChatInstance = asked.ChatInstance;
        ChatGeneration = asked.ChatGeneration;
        UserId = asked.UserId;
        Sequence = sequence;
        Line = asked.Line;
        HasSecret = Secret.TryFind(asked.Line, out long secret, out _) && secret == asked.Request;
    }

    /// <summary>Its number.</summary>
    public long Request { get; }

    /// <summary>When it was asked.</summary>
    public long AskedNs { get; }

    /// <summary>The chatD that was asked.</summary>
    public int ChatInstance { get; }

    /// <summary>The run of that chatD.</summary>
    public ulong ChatGeneration { get; }

    /// <summary>The session that asked.</summary>
    public int UserId { get; }

    /// <summary>Its place among all requests.</summary>
    public long Sequence { get; }

    /// <summary>What was asked.</summary>
    public string Line { get; }

    /// <summary>Whether its line carries its secret, so that its execution can be told from others.</summary>
    public bool HasSecret { get; }

    /// <summary>How it ended; null while it has not.</summary>
    public EndKind? End { get; internal set; }

    /// <summary>When it ended.</summary>
    public long EndedNs { get; internal set; }

    /// <summary>How often it was executed.</summary>
    public int Executions { get; internal set; }

    /// <summary>Whether its chatD was killed before it ended: nothing is owed any more.</summary>
    public bool IsExcused { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"request {Request} of session {UserId} at chatD {ChatInstance} ({ChatGeneration:x}), asked at {AskedNs} ns: '{Line}'";
}
