using Microsoft.Extensions.Configuration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Settings;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Hosting;

public sealed class SectionBinderTests
{
    private static (T Value, IReadOnlyList<string> Faults) Bind<T>(string section, params (string Key, string? Value)[] pairs)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).Build();
        (object value, IReadOnlyList<string> faults) = new SectionBinder(configuration, section, typeof(T)).Bind();
        return ((T)value, faults);
    }

    [Fact]
    public void Bind_Nothing_GivesTheDefaultsOfTheContract()
    {
        (IpcOptions options, IReadOnlyList<string> faults) = Bind<IpcOptions>("Ipc");

        Assert.Empty(faults);
        Assert.Equal(
            (1234, 1235, false, WireFormat.MessagePack, 384),
            (options.RequestKey, options.EffectiveResultKey, options.SingleQueue, options.Wire, options.ModeBits));
    }

    [Fact]
    public void Bind_AllOptions_TakesThem()
    {
        (IpcOptions options, IReadOnlyList<string> faults) = Bind<IpcOptions>(
            "Ipc", ("Ipc:requestkey", " 77 "), ("Ipc:SingleQueue", "True"), ("Ipc:Wire", "TEXT"), ("Ipc:Mode", "0660"), ("Ipc:Group", "root"), ("Ipc:ResultKey", ""));

        Assert.Empty(faults);
        Assert.Equal((77, 77, true, WireFormat.Text, 0), (options.RequestKey, options.EffectiveResultKey, options.SingleQueue, options.Wire, (int)options.GroupId!));
    }

    [Theory]
    [InlineData("RequestKey", "0", "Ipc:RequestKey = 0 is out of range; allowed: 1 to 2147483646.")]
    [InlineData("RequestKey", "2147483647", "Ipc:RequestKey = 2147483647 is out of range; allowed: 1 to 2147483646.")]
    [InlineData("RequestKey", "2147483648", "Ipc:RequestKey = \"2147483648\" is not a whole number; allowed: 1 to 2147483646.")]
    [InlineData("RequestKey", "", "Ipc:RequestKey = \"\" is not a whole number; allowed: 1 to 2147483646.")]
    [InlineData("QueueBytes", "2047", "Ipc:QueueBytes = 2047 is out of range; allowed: 0, or 2048 to 1073741824.")]
    [InlineData("SingleQueue", "yes", "Ipc:SingleQueue = \"yes\" is not true or false.")]
    [InlineData("Wire", "1", "Ipc:Wire = \"1\" is not one of the names it may have; allowed: msgpack, text or struct.")]
    [InlineData("Wire", "te\u001bxt\n", "Ipc:Wire = \"te\\u001bxt\\u000a\" is not one of the names it may have; allowed: msgpack, text or struct.")]
    [InlineData("Mode", "0666", "Ipc:Mode = \"0666\" is not allowed; allowed: 0600 or 0660.")]
    [InlineData("ResultKey", "1234", "Ipc:RequestKey = 1234, Ipc:ResultKey = 1234: two queues need two keys. Give another Ipc:ResultKey, or Ipc:SingleQueue=true for one queue.")]
    [InlineData("Group", "0", "Ipc:Mode = \"0600\", Ipc:Group = \"0\": mode 0600 gives a group nothing. Set Ipc:Mode=0660, or leave Ipc:Group out.")]
    [InlineData("RequestKey:0", "5", "Ipc:RequestKey holds one value, not a list or a section.")]
    [InlineData("requstkey", "5", "Ipc:requstkey is no option. Did you mean Ipc:RequestKey?")]
    [InlineData("Colour", "5", "Ipc:Colour is no option.")]
    public void Bind_OneBadValue_NamesKeyValueAndWhatIsAllowed(string name, string value, string expected)
    {
        (_, IReadOnlyList<string> faults) = Bind<IpcOptions>("Ipc", ($"Ipc:{name}", value));

        Assert.Equal([expected], faults);
    }

    [Fact]
    public void Bind_OneQueueWithTwoKeys_NamesBothNumbers()
    {
        (_, IReadOnlyList<string> faults) = Bind<IpcOptions>("Ipc", ("Ipc:SingleQueue", "true"), ("Ipc:RequestKey", "5"), ("Ipc:ResultKey", "6"));

        string fault = Assert.Single(faults);
        Assert.StartsWith("Ipc:SingleQueue = true, Ipc:RequestKey = 5, Ipc:ResultKey = 6: one queue has one key.", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_AGroupThatIsNot_SaysSo()
    {
        (_, IReadOnlyList<string> faults) = Bind<IpcOptions>("Ipc", ("Ipc:Mode", "0660"), ("Ipc:Group", "no such group"));

        Assert.Contains("there is no such group", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_AList_TakesCommasOrIndexes()
    {
        Assert.Equal(["a", "b"], Bind<ListOptions>("L", ("L:Items", "a, b,")).Value.Items);
        Assert.Equal(["c", "d,e"], Bind<ListOptions>("L", ("L:Items:0", "c"), ("L:Items:1", "d,e")).Value.Items);
        Assert.Equal(["default"], Bind<ListOptions>("L").Value.Items);
    }

    [Theory]
    [InlineData("L:Items", "over", "L:Items:0", "under", "over")]
    [InlineData("L:Items:0", "over", "L:Items", "under", "over")]
    public void Bind_AListGivenTwice_TakesTheLastSource(string overKey, string over, string underKey, string under, string expected)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>(underKey, under)])
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>(overKey, over)]).Build();

        ListOptions bound = (ListOptions)new SectionBinder(configuration, "L", typeof(ListOptions)).Bind().Value;

        Assert.Equal([expected], bound.Items);
    }

    private sealed class ListOptions
    {
        public IReadOnlyList<string> Items { get; set; } = ["default"];
    }
}
