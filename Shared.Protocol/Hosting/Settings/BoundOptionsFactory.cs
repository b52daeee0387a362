using Microsoft.Extensions.Options;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>
/// Makes options by binding their section, for every way of asking (<see cref="IOptions{T}"/>, monitor, snapshot), and never
/// hands out an object while any section has a fault.
/// </summary>
internal sealed class BoundOptionsFactory<T>(
    SettingsRegistry registry,
    IEnumerable<IConfigureOptions<T>> setups,
    IEnumerable<IPostConfigureOptions<T>> postConfigures,
    IEnumerable<IValidateOptions<T>> validations)
    : OptionsFactory<T>(setups, postConfigures, validations)
    where T : class
{
    protected override T CreateInstance(string name) => (T)registry.Bind(typeof(T));
}
