using ChatD.Gateway;

namespace ChatD.Connections;

/// <summary>
/// The lines that a client has sent together, as far as they are at hand: they leave for the channel together. For a reading loop, which ends it before
/// each wait.
/// </summary>
/// <param name="gateway">The way to the channel.</param>
internal sealed class LineBurst(ChannelGateway gateway)
{
    // So that one player's lines do not keep those of others waiting.
    private const int MaxLines = 32;

    private bool _isOn;
    private int _lines;

    /// <summary>A line was read, and will be asked of the channel now.</summary>
    /// <param name="hasMore">Whether another one is likely to be there.</param>
    public void Note(bool hasMore)
    {
        if (!_isOn && hasMore)
        {
            // False within another burst, on a thread that takes in results: what is asked here leaves with that one.
            _isOn = gateway.TryBeginBurst();
            _lines = 0;
        }
        else if (_isOn && ++_lines >= MaxLines)
        {
            EndUnless(false);
        }
    }

    /// <summary>Ends it, unless the reading loop goes on at once.</summary>
    public void EndUnless(bool goesOn)
    {
        if (_isOn && !goesOn)
        {
            _isOn = false;
            gateway.EndBurst();
        }
    }
}
