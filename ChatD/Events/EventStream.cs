namespace ChatD.Events;

/// <summary>The numbers of what one channelD pushes, over its runs. For one thread at a time.</summary>
/// <remarks>
/// Each run of a channelD numbers what it sends to this run of chatD from 1, also when it gives chatD up and admits it again. So nothing has to be
/// guessed: what is above the next number shows a loss, what is below it is old.
/// </remarks>
internal sealed class EventStream
{
    private ulong _generation;
    private ulong _lastNumber;

    /// <summary>Takes the next number.</summary>
    /// <param name="generation">The run of channelD.</param>
    /// <param name="number">The number.</param>
    /// <param name="lostCount">How many were left out before it.</param>
    /// <returns>False where it was taken before.</returns>
    public bool TryTake(ulong generation, ulong number, out ulong lostCount)
    {
        if (generation != _generation)
        {
            _generation = generation;
            _lastNumber = 0;
        }

        lostCount = number > _lastNumber ? number - _lastNumber - 1 : 0;
        if (number <= _lastNumber)
        {
            return false;
        }

        _lastNumber = number;
        return true;
    }
}
