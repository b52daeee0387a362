using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Every section a daemon reads, and the check of all of them at once. Filled while the host is set up; afterwards only a reload changes it.
/// Safe on every thread from then on.
/// </summary>
internal sealed partial class SettingsRegistry
{
    private readonly Dictionary<Type, Section> _sections = [];
    private readonly List<string> _arguments = [];
    private volatile IConfiguration? _configuration;

    /// <summary>Adds a section; adding the same class and section again changes nothing.</summary>
    /// <exception cref="ArgumentException">The class or the section is already used otherwise.</exception>
    public bool TryAdd<T>(IConfiguration configuration, string section)
        where T : class
    {
        if (_sections.TryGetValue(typeof(T), out Section? known))
        {
            return known.Name == section ? false : throw new ArgumentException($"{typeof(T).Name} is already bound to {known.Name}.", nameof(section));
        }

        if (_sections.Values.Any(other => other.Name.Equals(section, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"The section {section} is already bound to another class.", nameof(section));
        }

        _sections.Add(typeof(T), new Section(
            section,
            typeof(T),
            services => services.GetRequiredService<IOptions<T>>().Value,
            (services, value) => services.GetServices<IValidateOptions<T>>().Select(validator => validator.Validate(Options.DefaultName, (T)value))));
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
        IConfiguration configuration = _configuration ?? throw new InvalidOperationException($"{type.Name} is bound to no section.");
        ThrowIfAny(FindFaults(configuration));
        return _sections[type].Bind(configuration).Value;
    }

    /// <summary>Checks every section, the command line and the files.</summary>
    /// <exception cref="ConfigurationException">There are faults; all are listed.</exception>
    public void ThrowIfFaulty()
    {
        if (_configuration is { } configuration)
        {
            ThrowIfAny(FindFaults(configuration));
        }
    }

    /// <summary>
    /// As <see cref="ThrowIfFaulty()"/>, and then runs the validators that were registered as services. What is configured then is what a reload
    /// is compared with.
    /// </summary>
    /// <exception cref="ConfigurationException">There are faults; all are listed.</exception>
    public void ThrowIfFaulty(IServiceProvider services)
    {
        ThrowIfFaulty();
        List<string> faults = [];
        foreach (Section section in _sections.Values)
        {
            try
            {
                section.Resolve(services);
            }
            catch (OptionsValidationException invalid)
            {
                faults.AddRange(invalid.Failures.Select(failure => Fault(section.Name, failure)));
            }
        }

        ThrowIfAny(faults);
        RememberRunning();
    }

    private List<string> FindFaults(IConfiguration configuration)
    {
        Dictionary<string, IReadOnlyList<string>> options = _sections.Values.ToDictionary(
            section => section.Name,
            section => (IReadOnlyList<string>)[.. SectionBinder.Options(section.Type).Select(option => option.Name)],
            StringComparer.OrdinalIgnoreCase);
        return
        [
            .. CommandLineCheck.FindFaults(_arguments, options),
            .. ConfigurationFileCheck.FindFaults(configuration, options.Keys),
            .. _sections.Values.SelectMany(section => section.Bind(configuration).Faults),
            .. SerilogSection.FindFaults(configuration),
        ];
    }

    private static string Fault(string section, string failure) => $"{section}: {Diagnostics.UserText.Escape(failure)}";

    private static void ThrowIfAny(List<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new ConfigurationException(faults);
        }
    }

    /// <param name="Name">The section's name.</param>
    /// <param name="Type">The options class.</param>
    /// <param name="Resolve">Asks the services for the options, which runs their validators.</param>
    /// <param name="Validate">Runs the validators on other options.</param>
    private sealed record Section(
        string Name, Type Type, Func<IServiceProvider, object> Resolve, Func<IServiceProvider, object, IEnumerable<ValidateOptionsResult>> Validate)
    {
        public (object Value, IReadOnlyList<string> Faults) Bind(IConfiguration configuration) => new SectionBinder(configuration, Name, Type).Bind();
    }
}
