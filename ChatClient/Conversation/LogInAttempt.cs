namespace ChatClient.Conversation;

/// <summary>What came of one attempt to log in.</summary>
/// <param name="Problem">What went wrong, for a person; empty on success.</param>
/// <param name="MayRetry">Whether another attempt in a moment may succeed.</param>
internal readonly record struct LogInAttempt(string Problem, bool MayRetry)
{
    /// <summary>Whether it succeeded.</summary>
    public bool IsSuccess => Problem.Length == 0;
}
