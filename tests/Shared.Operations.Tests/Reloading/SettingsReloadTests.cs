using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Settings;
using Testing.Support.Folders;

namespace Shared.Operations.Tests.Reloading;

public sealed class SettingsReloadTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConfigurationManager _configuration = new();
    private readonly ServiceCollection _services = new();

    public SettingsReloadTests()
    {
        Write("""{ "Pace": { "PerSecond": 5 }, "Place": { "Size": 1 } }""");
        _configuration.AddJsonFile(_folder.File("settings.json"), optional: false, reloadOnChange: false);
        _configuration.AddInMemoryCollection([new("Place:Name", "from a later source")]);
        _services.AddValidatedOptions<PaceOptions>(_configuration, "Pace");
        _services.AddValidatedOptions<PlaceOptions>(_configuration, "Place");
        Registry.UseSources(_configuration);
    }

    private SettingsRegistry Registry => Shared.Protocol.Hosting.OptionsServiceCollectionExtensions.Registry(_services);

    public void Dispose()
    {
        _configuration.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Reload_LiveOption_ReachesMonitorsAndIsNamed()
    {
        using ServiceProvider services = Start();
        List<int> told = [];
        using IDisposable? listening = services.GetRequiredService<IOptionsMonitor<PaceOptions>>().OnChange(pace => told.Add(pace.PerSecond));
        Write("""{ "Pace": { "PerSecond": 9 }, "Place": { "Size": 1 } }""");

        IReadOnlyList<SettingChange> changes = Registry.Reload(services);

        Assert.Equal([new SettingChange("Pace:PerSecond", "5", "9", IsLive: true)], changes);
        Assert.Equal([9], told);
        Assert.Equal(9, services.GetRequiredService<IOptionsMonitor<PaceOptions>>().CurrentValue.PerSecond);
        Assert.Equal(5, services.GetRequiredService<IOptions<PaceOptions>>().Value.PerSecond);
        Assert.Empty(Registry.Reload(services));
        Assert.Equal([9], told);
    }

    [Fact]
    public void Reload_OptionThatNeedsARestart_IsNamedEachTimeAndNobodyIsTold()
    {
        using ServiceProvider services = Start();
        bool wasTold = false;
        using IDisposable? listening = services.GetRequiredService<IOptionsMonitor<PlaceOptions>>().OnChange(_ => wasTold = true);
        Write("""{ "Pace": { "PerSecond": 5 }, "Place": { "Size": 2 } }""");

        SettingChange[] expected = [new("Place:Size", "1", "2", IsLive: false)];
        Assert.Equal(expected, Registry.Reload(services));
        Assert.Equal(expected, Registry.Reload(services));
        Assert.False(wasTold);
    }

    [Theory]
    [InlineData("""{ "Pace": { "PerSecond": 9 }, "Place": { "Size": 99 } }""", "Place:Size")]
    [InlineData("""{ "Pace": { "PerSecond": 9, "PerMinute": 1 } }""", "Pace:PerMinute")]
    [InlineData("""{ "Pace": { "PerSecond": 9 }, "Place": { "Size": 7 } }""", "not seven")]
    [InlineData("""{ "Pace": { "PerSecond": """, "settings.json")]
    public void Reload_WithAFaultAnywhere_ChangesNothing(string file, string fault)
    {
        _services.AddSingleton<IValidateOptions<PlaceOptions>>(new NotSeven());
        using ServiceProvider services = Start();
        bool wasTold = false;
        using IDisposable? listening = services.GetRequiredService<IOptionsMonitor<PaceOptions>>().OnChange(_ => wasTold = true);
        Write(file);

        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => Registry.Reload(services));

        Assert.Contains(refused.Faults, text => text.Contains(fault, StringComparison.Ordinal));
        Assert.False(wasTold);
        Assert.Equal(5, services.GetRequiredService<IOptionsMonitor<PaceOptions>>().CurrentValue.PerSecond);
    }

    [Fact]
    public void Reload_Secret_IsMasked()
    {
        using ServiceProvider services = Start();
        Write("""{ "Pace": { "PerSecond": 5 }, "Place": { "Size": 1, "Word": "open sesame", "Password": "1234" } }""");

        IReadOnlyList<SettingChange> changes = Registry.Reload(services);

        Assert.Equal(["Place:Word", "Place:Password"], changes.Select(change => change.Key));
        Assert.All(changes, change => Assert.Equal("********", change.After));
        Assert.DoesNotContain(Registry.Describe(), view => view.Value.Contains("sesame", StringComparison.Ordinal) || view.Value == "1234");
    }

    [Fact]
    public void Fault_OfASecret_DoesNotTellIt()
    {
        Write("""{ "Place": { "Word": "far too long a word" } }""");
        ((IConfigurationRoot)_configuration).Reload();

        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => Registry.ThrowIfFaulty());

        Assert.Contains("Place:Word = ********", Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_EveryOption_TellsValueSourceDefaultAndSentence()
    {
        Registry.ThrowIfFaulty();
        Dictionary<string, SettingView> views = Registry.Describe().ToDictionary(view => view.Key);

        Assert.Equal(("5", "settings.json", "3", "1 to 100", true), Of(views["Pace:PerSecond"]));
        Assert.Equal("How many, of what Size names. Defaults to 3.", views["Pace:PerSecond"].Sentence);
        Assert.Equal("default", views["Place:Word"].Source);
        Assert.False(views["Place:Name"].IsReloadable);
        Assert.Equal("3", Registry.DescribeDefaults()[0].Value);
        static (string, string, string, string?, bool) Of(SettingView view) => (view.Value, view.Source, view.Default, view.Allowed, view.IsReloadable);
    }

    private ServiceProvider Start()
    {
        ServiceProvider services = _services.BuildServiceProvider();
        Registry.ThrowIfFaulty(services);
        return services;
    }

    private void Write(string text) => File.WriteAllText(_folder.File("settings.json"), text);

    /// <summary>Options that change while the daemon runs.</summary>
    [Reloadable]
    public sealed class PaceOptions
    {
        /// <summary>
        /// How many,
        /// of what <see cref="PlaceOptions.Size"/> names. Defaults to 3.
        /// </summary>
        [Range(1, 100)]
        public int PerSecond { get; set; } = 3;
    }

    /// <summary>Options that do not.</summary>
    public sealed class PlaceOptions
    {
        [Range(1, 10)]
        public int Size { get; set; } = 1;

        public string? Name { get; set; }

        [Secret]
        [StringLength(12)]
        public string? Word { get; set; }

        public string? Password { get; set; }
    }

    private sealed class NotSeven : IValidateOptions<PlaceOptions>
    {
        public ValidateOptionsResult Validate(string? name, PlaceOptions options) =>
            options.Size == 7 ? ValidateOptionsResult.Fail("not seven") : ValidateOptionsResult.Success;
    }
}
