using System.Runtime.InteropServices;
using ChannelD.Directory;

namespace ChannelD;

/// <summary>
/// The log-ins whose records are being loaded. A log-out can arrive meanwhile: then the character must not enter, for nobody would ever take it out
/// again. For any thread.
/// </summary>
internal sealed class LogInAttempts
{
    // Taken before the locks of the directory and of the records.
    private readonly Lock _gate = new();
    private readonly Dictionary<SessionId, List<LogInAttempt>> _attempts = [];

    /// <summary>A log-in begins.</summary>
    public LogInAttempt Begin(SessionId session)
    {
        var attempt = new LogInAttempt(session);
        lock (_gate)
        {
            ref List<LogInAttempt>? attempts = ref CollectionsMarshal.GetValueRefOrAddDefault(_attempts, session, out _);
            attempts ??= [];
            attempts.Add(attempt);
        }

        return attempt;
    }

    /// <summary>Lets the character enter, unless its session has ended meanwhile: a log-out comes before that or after it, never between.</summary>
    /// <param name="attempt">The log-in; it is over then.</param>
    /// <param name="enter">Changes memory only.</param>
    public bool TryFinish(LogInAttempt attempt, Action enter)
    {
        lock (_gate)
        {
            Remove(attempt);
            if (attempt.IsOver)
            {
                return false;
            }

            enter();
            return true;
        }
    }

    /// <summary>A log-in has failed.</summary>
    public void End(LogInAttempt attempt)
    {
        lock (_gate)
        {
            Remove(attempt);
        }
    }

    /// <summary>A session ends.</summary>
    /// <returns>Whether it was on its way in.</returns>
    public bool EndAll(SessionId session)
    {
        lock (_gate)
        {
            if (!_attempts.Remove(session, out List<LogInAttempt>? attempts))
            {
                return false;
            }

            attempts.ForEach(attempt => attempt.IsOver = true);
            return true;
        }
    }

    /// <summary>All sessions of earlier runs of a chatD end.</summary>
    public void EndEarlier(int chatInstance, ulong generation)
    {
        lock (_gate)
        {
            foreach (SessionId session in _attempts.Keys.Where(session => session.ChatInstance == chatInstance && session.Generation != generation).ToArray())
            {
                _ = EndAll(session);
            }
        }
    }

    private void Remove(LogInAttempt attempt)
    {
        if (_attempts.TryGetValue(attempt.Session, out List<LogInAttempt>? attempts)
            && attempts.RemoveAll(one => ReferenceEquals(one, attempt)) > 0
            && attempts.Count == 0)
        {
            _attempts.Remove(attempt.Session);
        }
    }
}
