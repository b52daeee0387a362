using System.ComponentModel.DataAnnotations;
using ChannelD.Commands;
using ChannelD.Limits;

namespace ChannelD.Tests.Limits;

public class LimitOptionsTests
{
    [Theory]
    [InlineData(nameof(LimitOptions.FindPerMinute), 0, 60_000, 60)]
    [InlineData(nameof(LimitOptions.FindBurst), 1, 10_000, 20)]
    [InlineData(nameof(LimitOptions.SayPerMinute), 0, 60_000, 90)]
    [InlineData(nameof(LimitOptions.SayBurst), 1, 10_000, 15)]
    [InlineData(nameof(LimitOptions.WhisperPerMinute), 0, 60_000, 90)]
    [InlineData(nameof(LimitOptions.WhisperBurst), 1, 10_000, 15)]
    [InlineData(nameof(LimitOptions.MegaphonePerMinute), 0, 60_000, 2)]
    [InlineData(nameof(LimitOptions.MegaphoneBurst), 1, 10_000, 2)]
    [InlineData(nameof(LimitOptions.PartyPerMinute), 0, 60_000, 90)]
    [InlineData(nameof(LimitOptions.PartyBurst), 1, 10_000, 15)]
    [InlineData(nameof(LimitOptions.CommonPerMinute), 0, 60_000, 120)]
    [InlineData(nameof(LimitOptions.CommonBurst), 1, 10_000, 30)]
    [InlineData(nameof(LimitOptions.UnknownNamesPerMinute), 0, 200, 20)]
    public void Options_EachHasItsDefaultAndRange(string option, int lowest, int highest, int standard)
    {
        var property = typeof(LimitOptions).GetProperty(option)!;
        Assert.Equal(standard, property.GetValue(new LimitOptions()));
        foreach ((int value, bool isValid) in new[] { (lowest - 1, false), (lowest, true), (highest, true), (highest + 1, false) })
        {
            var options = new LimitOptions();
            property.SetValue(options, value);
            Assert.Equal(isValid, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
        }

        Assert.True(new LimitOptions().Enabled);
        Assert.Equal(14, typeof(LimitOptions).GetProperties().Length);
    }

    [Fact]
    public void PerMinuteAndBurst_EveryClass_HasItsOwnOptions()
    {
        foreach (CommandClass of in Enum.GetValues<CommandClass>())
        {
            var options = new LimitOptions();
            typeof(LimitOptions).GetProperty($"{of}PerMinute")!.SetValue(options, 12_345);
            typeof(LimitOptions).GetProperty($"{of}Burst")!.SetValue(options, 6789);
            Assert.Equal((12_345, 6789), (CommandLimits.PerMinute(options, of), CommandLimits.Burst(options, of)));
            options.Enabled = false;
            Assert.Equal(0, CommandLimits.PerMinute(options, of));
        }
    }
}
