namespace Shared.Protocol.Requests;

/// <summary>Puts something off to the end of a burst: see <see cref="RequestClient.TryPutOff"/>.</summary>
public interface IBurstMember
{
    /// <summary>The burst has ended. Called on its thread; must not throw, and not wait.</summary>
    void OnBurstEnd();
}
