namespace Shared.Protocol.Wire.MessagePack;

/// <content>Passing over values.</content>
public ref partial struct MessagePackReader
{
    internal MessagePackStatus TrySkip()
    {
        MessagePackStatus status = TrySkipToken(out int children);
        return status == MessagePackStatus.Done && children > 0 ? TrySkipNested(children) : status;
    }

    /// <summary>
    /// A stack of counts instead of recursion: bytes of a hostile peer could nest deeper than a thread's stack, and that overflow
    /// cannot be caught.
    /// </summary>
    private MessagePackStatus TrySkipNested(int children)
    {
        Span<int> pending = stackalloc int[MaxDepth];
        int depth = 1;
        pending[0] = children;
        while (true)
        {
            // Most of a message: short strings, small numbers, nil.
            int bytes = End ? 0 : ShortBytes(_bytes[_position]);
            if (bytes != 0 && bytes <= RemainingBytes)
            {
                _position += bytes;
                children = 0;
            }
            else if (TrySkipToken(out children) is not MessagePackStatus.Done and MessagePackStatus status)
            {
                return status;
            }

            if (children > 0)
            {
                if (depth == MaxDepth)
                {
                    return MessagePackStatus.TooDeep;
                }

                pending[depth++] = children;
                continue;
            }

            while (--pending[depth - 1] == 0)
            {
                if (--depth == 0)
                {
                    return MessagePackStatus.Done;
                }
            }
        }
    }

    /// <summary>How long a value is whose first byte says so and that has no children; 0 for any other.</summary>
    private static int ShortBytes(byte code) => code switch
    {
        <= MessagePackCode.MaxFixInt or MessagePackCode.Nil or >= MessagePackCode.MinNegativeFixInt => 1,
        >= MessagePackCode.FixStr and < MessagePackCode.Nil => 1 + (code & MessagePackCode.MaxFixStrBytes),
        _ => 0,
    };

    /// <summary>Passes over a value without its children: an array or a map is its header alone.</summary>
    /// <param name="children">How many values follow that belong to it.</param>
    private MessagePackStatus TrySkipToken(out int children)
    {
        children = 0;
        if (End)
        {
            return MessagePackStatus.Truncated;
        }

        byte code = _bytes[_position];
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt:
            case >= MessagePackCode.MinNegativeFixInt:
            case MessagePackCode.Nil or MessagePackCode.False or MessagePackCode.True:
                return TrySkipBytes(1);
            case < MessagePackCode.FixArray:
            case MessagePackCode.Map16 or MessagePackCode.Map32:
                MessagePackStatus status = TryReadCount(MessagePackCode.FixMap, MessagePackCode.Map16, bytesPerElement: 2, out int entries);
                children = 2 * entries;
                return status;
            case < MessagePackCode.FixStr:
            case MessagePackCode.Array16 or MessagePackCode.Array32:
                return TryReadArrayHeader(out children);
            case < MessagePackCode.Nil:
            case MessagePackCode.Str8 or MessagePackCode.Str16 or MessagePackCode.Str32:
                return TryReadBlock(MessagePackCode.FixStr, MessagePackCode.MaxFixStrBytes, MessagePackCode.Str8, out _);
            case MessagePackCode.Bin8 or MessagePackCode.Bin16 or MessagePackCode.Bin32:
                return TryReadBytesSpan(out _);
            case MessagePackCode.Ext8 or MessagePackCode.Ext16 or MessagePackCode.Ext32:
                // The length counts the data; its type stands in one more byte before it.
                status = TryReadBlock(MessagePackCode.Ext8, -1, MessagePackCode.Ext8, out _);
                return status == MessagePackStatus.Done ? TrySkipBytes(1) : status;
            case MessagePackCode.Float32:
                return TrySkipBytes(1 + sizeof(float));
            case MessagePackCode.Float64:
                return TrySkipBytes(1 + sizeof(double));
            case >= MessagePackCode.UInt8 and <= MessagePackCode.Int64:
                return TrySkipBytes(1 + (1 << ((code - MessagePackCode.UInt8) & 3)));
            case >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16:
                return TrySkipBytes(2 + (1 << (code - MessagePackCode.FixExt1)));
            default:
                return MessagePackStatus.Mismatch;
        }
    }

    private MessagePackStatus TrySkipBytes(int bytes)
    {
        if (RemainingBytes < bytes)
        {
            return MessagePackStatus.Truncated;
        }

        _position += bytes;
        return MessagePackStatus.Done;
    }
}
