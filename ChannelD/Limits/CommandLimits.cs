using ChannelD.Commands;
using ChannelD.Directory;

namespace ChannelD.Limits;

/// <summary>
/// How often each character may do what; see <see cref="LimitOptions"/>. Kept by name, so that nobody gets a full bucket by logging in again, and forgotten
/// when all buckets are full. For any thread; allocates only for a character that has not been seen lately.
/// </summary>
public sealed class CommandLimits
{
    /// <summary>How many characters are looked at, with each line, for whether they can be forgotten: more than one, so that they become fewer.</summary>
    private const int ForgottenAtOnce = 2;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly int _maxCharacters;
    private readonly long _minuteTicks;
    private readonly Dictionary<string, CharacterLimits> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<CharacterLimits> _byLastUse = new();

    // Changed under the lock; read without it.
    private volatile LimitSet _limits;

    /// <summary>Makes limits that nobody has used up anything of.</summary>
    /// <param name="limits">What they are, until <see cref="Use(LimitOptions)"/>.</param>
    /// <param name="maxCharacters">Of how many characters it keeps what they have used up; of more, those whose last use was longest ago are forgotten.</param>
    /// <param name="time">The clock.</param>
    public CommandLimits(LimitOptions limits, int maxCharacters, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _maxCharacters = maxCharacters;
        _minuteTicks = 60 * time.TimestampFrequency;
        _limits = new LimitSet(limits, time.TimestampFrequency);
    }

    /// <summary>How many characters it keeps something of.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byKey.Count;
            }
        }
    }

    /// <summary>How many uses of a class come back in a minute; 0 where there is no limit.</summary>
    public static int PerMinute(LimitOptions options, CommandClass of)
    {
        ArgumentNullException.ThrowIfNull(options);
        return !options.Enabled ? 0 : of switch
        {
            CommandClass.Say => options.SayPerMinute,
            CommandClass.Whisper => options.WhisperPerMinute,
            CommandClass.Find => options.FindPerMinute,
            CommandClass.Megaphone => options.MegaphonePerMinute,
            CommandClass.Party => options.PartyPerMinute,
            _ => options.CommonPerMinute,
        };
    }

    /// <summary>How many uses of a class a full bucket holds.</summary>
    public static int Burst(LimitOptions options, CommandClass of)
    {
        ArgumentNullException.ThrowIfNull(options);
        return of switch
        {
            CommandClass.Say => options.SayBurst,
            CommandClass.Whisper => options.WhisperBurst,
            CommandClass.Find => options.FindBurst,
            CommandClass.Megaphone => options.MegaphoneBurst,
            CommandClass.Party => options.PartyBurst,
            _ => options.CommonBurst,
        };
    }

    /// <summary>
    /// Other limits from now on. What each character has used up stays used up, in uses: nobody is given anything, and nobody is locked out (see
    /// <see cref="LimitRate.Convert"/>); of names asked for in vain those count that would have. Lines wait meanwhile, some milliseconds for
    /// a hundred thousand characters that have used anything up.
    /// </summary>
    public void Use(LimitOptions limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var next = new LimitSet(limits, _time.TimestampFrequency);
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            LimitSet before = _limits;
            foreach (CharacterLimits used in _byLastUse)
            {
                used.Convert(before, next, now);
            }

            _limits = next;
        }
    }

    /// <summary>How many uses of a class come back in a minute at present; 0 where there is no limit.</summary>
    public int PerMinute(CommandClass of) => _limits.PerMinute[(int)of];

    /// <summary>A character uses a command.</summary>
    /// <param name="asker">The character; a game master may always.</param>
    /// <param name="of">The command's class.</param>
    /// <param name="looksUpNames">Whether the command tells if somebody is there: it is refused too while too many names were asked for in vain.</param>
    /// <param name="refusal">Why not.</param>
    public bool TryTake(in Character asker, CommandClass of, bool looksUpNames, out LimitRefusal refusal)
    {
        refusal = default;
        if (!_limits.IsOn || asker.Tier > 0)
        {
            return true;
        }

        long now = _time.GetTimestamp();
        bool isForNames = false;
        long waitTicks;
        lock (_gate)
        {
            CharacterLimits used = Use(asker.Name.Key, now);
            if (looksUpNames && used.Unknown?.IsFull(now, out waitTicks) == true)
            {
                isForNames = true;
            }
            else if (_limits.Rates[(int)of].TryTake(ref used.FullAtTicks((int)of), now, out waitTicks))
            {
                return true;
            }
        }

        long frequency = _time.TimestampFrequency;
        refusal = new LimitRefusal((int)Math.Max(1, (waitTicks + frequency - 1) / frequency), isForNames);
        return false;
    }

    /// <summary>A character was told that nobody of a name is there.</summary>
    public void NameNotFound(in Character asker, string name)
    {
        if (_limits.UnknownNames == 0 || asker.Tier > 0)
        {
            return;
        }

        int hash = string.GetHashCode(name, StringComparison.OrdinalIgnoreCase);
        long now = _time.GetTimestamp();
        lock (_gate)
        {
            CharacterLimits used = Use(asker.Name.Key, now);
            if (_limits.UnknownNames is > 0 and int allowed)
            {
                used.Unknown ??= new UnknownNames(allowed);
                used.Unknown.Add(hash, now, _minuteTicks);
            }
        }
    }

    private CharacterLimits Use(string key, long now)
    {
        if (_byKey.TryGetValue(key, out CharacterLimits? used))
        {
            _byLastUse.Remove(used.Node);
        }
        else
        {
            used = new CharacterLimits(key, _limits.Rates.Length);
            _byKey.Add(key, used);
        }

        _byLastUse.AddLast(used.Node);
        Forget(now);
        return used;
    }

    private void Forget(long now)
    {
        for (int i = 0; i < ForgottenAtOnce && _byLastUse.First is { Value: { } oldest } node && node != _byLastUse.Last; i++)
        {
            if (!oldest.IsFresh(now) && _byKey.Count <= _maxCharacters)
            {
                return;
            }

            _byLastUse.Remove(node);
            _byKey.Remove(oldest.Key);
        }
    }
}
