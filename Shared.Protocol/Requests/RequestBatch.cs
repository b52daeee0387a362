using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>Requests that leave as one frame, and whose they are. Belongs to the thread that sends on its <see cref="RequestLane"/> at the moment.</summary>
internal sealed class RequestBatch
{
    private readonly List<(InFlightRequest Entry, ulong Id, int LengthBytes)> _requests = [];
    private readonly BatchWriter _frames = new();

    /// <summary>The requests, in their order.</summary>
    public IReadOnlyList<(InFlightRequest Entry, ulong Id, int LengthBytes)> Requests => _requests;

    /// <summary>What is sent.</summary>
    public ReadOnlySpan<byte> Frame => _frames.Finished;

    /// <summary>Makes it empty.</summary>
    public void Clear()
    {
        _requests.Clear();
        _frames.Clear();
    }

    /// <summary>Whether another frame of that length still fits. One alone always does: it is sent as it is.</summary>
    public bool Fits(int lengthBytes, int maxBytes) =>
        _requests.Count == 0 || (_requests[0].LengthBytes <= BatchFormat.MaxFrameBytes && _frames.Fits(lengthBytes, maxBytes));

    /// <summary>Adds a request; <see cref="Fits"/> has said that there is room.</summary>
    public void Add(InFlightRequest entry, ulong id, ReadOnlySpan<byte> frame)
    {
        _frames.Add(frame);
        _requests.Add((entry, id, frame.Length));
    }

    /// <summary>Leaves the wanted ones, in their order. Mostly those are all.</summary>
    public void Keep(RequestClient client, Func<RequestClient, InFlightRequest, ulong, bool> isWanted)
    {
        bool areAll = true;
        foreach ((InFlightRequest entry, ulong id, _) in _requests)
        {
            areAll &= isWanted(client, entry, id);
        }

        if (areAll)
        {
            return;
        }

        var kept = new List<(InFlightRequest Entry, ulong Id, byte[] Frame)>();
        for (int i = 0; i < _requests.Count; i++)
        {
            if (isWanted(client, _requests[i].Entry, _requests[i].Id))
            {
                kept.Add((_requests[i].Entry, _requests[i].Id, FrameOf(i).ToArray()));
            }
        }

        Clear();
        foreach ((InFlightRequest entry, ulong id, byte[] frame) in kept)
        {
            Add(entry, id, frame);
        }
    }

    /// <summary>The bytes of one of them.</summary>
    public ReadOnlySpan<byte> FrameOf(int index)
    {
        int end = _frames.LengthBytes;
        for (int i = _requests.Count - 1; i > index; i--)
        {
            end -= _requests[i].LengthBytes + BatchFormat.FrameHeaderBytes;
        }

        return _frames.Bytes[(end - _requests[index].LengthBytes)..end];
    }
}
