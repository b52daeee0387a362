using System.Globalization;

namespace Shared.Protocol.Hosting;

/// <summary>The configuration is not valid. Holds every fault that was found, not only the first. A daemon exits with code 2.</summary>
public sealed class ConfigurationException : Exception
{
    /// <inheritdoc/>
    public ConfigurationException()
        : this([])
    {
    }

    /// <inheritdoc/>
    public ConfigurationException(string message)
        : this([message])
    {
    }

    /// <inheritdoc/>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
        Faults = [message];
    }

    /// <summary>An exception of these faults.</summary>
    public ConfigurationException(IReadOnlyList<string> faults)
        : base(Compose(faults))
    {
        Faults = faults;
    }

    /// <summary>Each fault in one line, with its key, the value given and what is allowed. Contains no control characters.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Compose(IReadOnlyList<string> faults)
    {
        string count = faults.Count == 1 ? "1 fault" : string.Create(CultureInfo.InvariantCulture, $"{faults.Count} faults");
        return string.Join(Environment.NewLine + "  - ", [$"the configuration is not valid, {count}:", .. faults]);
    }
}
