using Shared.Protocol.Names;

namespace ChannelD.Tests.Support;

internal static class TestNames
{
    public static CharacterName Name(string text)
    {
        Assert.True(CharacterName.TryParse(text, out CharacterName name, out NameFault fault), $"'{text}' is refused: {fault}");
        return name;
    }

    public static MapName Map(string text)
    {
        Assert.True(MapName.TryParse(text, out MapName map, out NameFault fault), $"'{text}' is refused: {fault}");
        return map;
    }
}
