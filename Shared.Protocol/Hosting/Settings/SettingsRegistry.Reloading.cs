using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Shared.Protocol.Hosting.Settings;

/// <content>Reading the configuration again while the daemon runs, and telling what it holds.</content>
internal sealed partial class SettingsRegistry
{
    private readonly Lock _gate = new();

    // What the daemon runs with, by option: what was configured at start, and for those that can change what was taken over last.
    private readonly Dictionary<string, string> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Type, CancellationTokenSource> _changes = [];
    private IReadOnlyList<IConfigurationSource> _sources = [];
    private IConfigurationRoot? _atStart;

    /// <summary>Sets where the configuration comes from, to be read again by <see cref="Reload"/>.</summary>
    public void UseSources(IConfigurationManager configuration)
    {
        _sources = [.. configuration.Sources];
        _atStart = configuration as IConfigurationRoot;
    }

    /// <summary>Fires at the next reload that changes a section of this class.</summary>
    public IChangeToken ChangeTokenOf(Type type)
    {
        lock (_gate)
        {
            if (!_changes.TryGetValue(type, out CancellationTokenSource? source))
            {
                _changes[type] = source = new CancellationTokenSource();
            }

            return new CancellationChangeToken(source.Token);
        }
    }

    /// <summary>
    /// Reads files and environment again. All of it is checked before any of it is used; with a fault anywhere everything stays as it is.
    /// One call at a time.
    /// </summary>
    /// <param name="services">Has the validators.</param>
    /// <returns>What has changed, in the order of the sections.</returns>
    /// <exception cref="ConfigurationException">There are faults; all are listed.</exception>
    public IReadOnlyList<SettingChange> Reload(IServiceProvider services)
    {
        IConfigurationRoot read = Read();
        List<string> faults = FindFaults(read);
        ThrowIfAny(faults);
        List<SettingChange> changes = [];
        List<Type> changed = [];
        foreach (Section section in _sections.Values)
        {
            object options = section.Bind(read).Value;
            faults.AddRange(section.Validate(services, options)
                .Where(result => result.Failed)
                .SelectMany(result => result.Failures ?? [])
                .Select(failure => Fault(section.Name, failure)));
            List<SettingChange> ofSection = [.. Compare(section, options)];
            changes.AddRange(ofSection);
            if (ofSection.Exists(change => change.IsLive))
            {
                changed.Add(section.Type);
            }
        }

        ThrowIfAny(faults);
        changes.AddRange(SerilogSection.Compare(_running, read));
        Take(read, changes);
        foreach (Type type in changed)
        {
            Announce(type);
        }

        return changes;
    }

    /// <summary>Every option with its value, where that comes from, and what it means, in the order of sections and properties.</summary>
    /// <exception cref="ConfigurationException">There are faults; all are listed.</exception>
    public IReadOnlyList<SettingView> Describe()
    {
        ThrowIfFaulty();
        SettingSentences sentences = new();
        return [.. _sections.Values.SelectMany(section => Describe(section, _configuration!, sentences))];
    }

    /// <summary>Every option as it is where nobody sets anything, whatever is configured here.</summary>
    public IReadOnlyList<SettingView> DescribeDefaults()
    {
        SettingSentences sentences = new();
        IConfigurationRoot nothing = new ConfigurationBuilder().Build();
        return [.. _sections.Values.SelectMany(section => Describe(section, nothing, sentences))];
    }

    private static IEnumerable<SettingView> Describe(Section section, IConfiguration configuration, SettingSentences sentences)
    {
        object defaults = Activator.CreateInstance(section.Type)!;
        object options = section.Bind(configuration).Value;
        foreach (PropertyInfo option in SectionBinder.Options(section.Type))
        {
            string key = $"{section.Name}:{option.Name}";
            yield return new SettingView(
                key,
                SettingDescription.ShowUnlessSecret(option, option.GetValue(options)),
                SettingSource.Of(configuration, key),
                SettingDescription.ShowUnlessSecret(option, option.GetValue(defaults)),
                SettingDescription.Allowed(option),
                sentences.Of(section.Type, option),
                SettingDescription.IsReloadable(section.Type, option),
                option.PropertyType);
        }
    }

    private IConfigurationRoot Read()
    {
        try
        {
            // Not disposed of: it may be chained to what others use, and it watches nothing.
            ConfigurationBuilder builder = new();
            foreach (IConfigurationSource source in _sources)
            {
                builder.Add(source);
            }

            return builder.Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            string why = exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
            throw new ConfigurationException(Diagnostics.UserText.Escape(why), exception);
        }
    }

    private IEnumerable<SettingChange> Compare(Section section, object options)
    {
        foreach (PropertyInfo option in SectionBinder.Options(section.Type))
        {
            string key = $"{section.Name}:{option.Name}";
            object? value = option.GetValue(options);
            string after = SettingDescription.Show(value);
            if (_running.TryGetValue(key, out string? before) && before != after)
            {
                bool isSecret = SettingDescription.IsSecret(option);
                yield return new SettingChange(
                    key,
                    isSecret ? SettingDescription.Mask : before,
                    isSecret ? SettingDescription.Mask : after,
                    SettingDescription.IsReloadable(section.Type, option));
            }
        }
    }

    private void RememberRunning()
    {
        foreach (Section section in _sections.Values)
        {
            Remember(section, section.Bind(_configuration!).Value, onlyReloadable: false);
        }

        SerilogSection.Remember(_running, _configuration!);
    }

    private void Remember(Section section, object options, bool onlyReloadable)
    {
        foreach (PropertyInfo option in SectionBinder.Options(section.Type))
        {
            if (!onlyReloadable || SettingDescription.IsReloadable(section.Type, option))
            {
                _running[$"{section.Name}:{option.Name}"] = SettingDescription.Show(option.GetValue(options));
            }
        }
    }

    private void Take(IConfigurationRoot read, List<SettingChange> changes)
    {
        _configuration = read;
        foreach (Section section in _sections.Values)
        {
            Remember(section, section.Bind(read).Value, onlyReloadable: true);
        }

        foreach (SettingChange level in changes.Where(change => change.IsLive && change.Key.StartsWith(SerilogSection.Name + ":", StringComparison.OrdinalIgnoreCase)))
        {
            _running[level.Key] = level.After;
        }

        // Serilog itself watches this one for the levels of single sources, and nothing else does.
        _atStart?.Reload();
    }

    private void Announce(Type type)
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            _ = _changes.Remove(type, out source);
        }

        source?.Cancel();
        source?.Dispose();
    }
}
