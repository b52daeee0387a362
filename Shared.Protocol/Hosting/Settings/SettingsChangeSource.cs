using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>Tells <see cref="IOptionsMonitor{T}"/> when the options of a section have changed: after a reload that was found sound.</summary>
internal sealed class SettingsChangeSource<T>(SettingsRegistry registry) : IOptionsChangeTokenSource<T>
{
    /// <inheritdoc/>
    public string Name => Options.DefaultName;

    /// <inheritdoc/>
    public IChangeToken GetChangeToken() => registry.ChangeTokenOf(typeof(T));
}
