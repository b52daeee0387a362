using Microsoft.Extensions.Configuration;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Every section a daemon reads, and the check of all of them at once. Filled while the host is set up, read-only afterwards.
/// </summary>
internal sealed class SettingsRegistry
{
    private readonly Dictionary<Type, SectionBinder> _binders = [];
    private readonly List<(SectionBinder Binder, Type Type, Func<IServiceProvider, object> Resolve)> _sections = [];
    private readonly List<string> _arguments = [];
    private IConfiguration? _configuration;

    /// <summary>Adds a section; adding the same class and section again changes nothing.</summary>
    /// <exception cref="ArgumentException">The class or the section is already used otherwise.</exception>
    public bool TryAdd(IConfiguration configuration, string section, Type type, Func<IServiceProvider, object> resolve)
    {
        if (_binders.TryGetValue(type, out SectionBinder? known))
        {
            return known.Section == section ? false : throw new ArgumentException($"{type.Name} is already bound to {known.Section}.", nameof(type));
        }

        if (_binders.Values.Any(binder => binder.Section.Equals(section, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"The section {section} is already bound to another class.", nameof(section));
        }

        SectionBinder added = new(configuration, section, type);
        _binders.Add(type, added);
        _sections.Add((added, type, resolve));
        _configuration = configuration;
        return true;
    }

    /// <summary>Sets the arguments of the command line, to be checked for switches that no option has.</summary>
    public void UseArguments(IEnumerable<string> arguments)
    {
        _arguments.Clear();
        _arguments.AddRange(arguments);
    }

    /// <summary>A new object of a section's options.</summary>
    /// <exception cref="ConfigurationException">Any section has a fault; all are listed.</exception>
    public object Bind(Type type)
    {
        ThrowIfFaulty();
        return _binders[type].Bind().Value;
    }

    /// <summary>Checks every section, the command line and the files.</summary>
    /// <exception cref="ConfigurationException">There are faults; all are listed.</exception>
    public void ThrowIfFaulty()
    {
        if (_configuration is null)
        {
            return;
        }

        Dictionary<string, IReadOnlyList<string>> options = _sections.ToDictionary(
            section => section.Binder.Section,
            section => (IReadOnlyList<string>)[.. SectionBinder.Options(section.Type).Select(option => option.Name)],
            StringComparer.OrdinalIgnoreCase);
        List<string> faults =
        [
            .. CommandLineCheck.FindFaults(_arguments, options),
            .. ConfigurationFileCheck.FindFaults(_configuration, options.Keys),
            .. _sections.SelectMany(section => section.Binder.Bind().Faults),
            .. SerilogSection.FindFaults(_configuration),
        ];
        if (faults.Count > 0)
        {
            throw new ConfigurationException(faults);
        }
    }

    /// <summary>As <see cref="ThrowIfFaulty()"/>, and then runs the validators that were registered as services.</summary>
    /// <exception cref="ConfigurationException">There are faults; all are listed.</exception>
    public void ThrowIfFaulty(IServiceProvider services)
    {
        ThrowIfFaulty();
        List<string> faults = [];
        foreach ((SectionBinder binder, _, Func<IServiceProvider, object> resolve) in _sections)
        {
            try
            {
                resolve(services);
            }
            catch (Microsoft.Extensions.Options.OptionsValidationException invalid)
            {
                faults.AddRange(invalid.Failures.Select(failure => $"{binder.Section}: {Diagnostics.UserText.Escape(failure)}"));
            }
        }

        if (faults.Count > 0)
        {
            throw new ConfigurationException(faults);
        }
    }
}
