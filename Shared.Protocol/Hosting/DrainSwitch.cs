namespace Shared.Protocol.Hosting;

/// <summary>
/// Whether a daemon lets anybody in who is not there yet. An operator switches it before he stops the daemon; it is off at every start. Safe on
/// every thread.
/// </summary>
public sealed class DrainSwitch
{
    private int _isOn;

    /// <summary>Whether nobody is let in.</summary>
    public bool IsOn => Volatile.Read(ref _isOn) != 0;

    /// <summary>Switches it.</summary>
    /// <returns>Whether that has changed anything.</returns>
    public bool Set(bool isOn) => Interlocked.Exchange(ref _isOn, isOn ? 1 : 0) != (isOn ? 1 : 0);
}
