using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Hosting.Ipc;

namespace Faults.Journal;

/// <summary>What is added to either daemon.</summary>
internal static class DaemonJournal
{
    /// <summary>Has the daemon say which run it is, once it has its place among the others.</summary>
    public static void AddVitals(IServiceCollection services, string path) => Decorate<IpcNodeFactory>(services, inner => claim =>
    {
        IpcNode node = inner(claim);
        Vitals.Begin(path, node.Generation);
        return node;
    });

    /// <summary>Puts something around every service of a type.</summary>
    public static void Decorate<T>(IServiceCollection services, Func<T, T> decorate)
        where T : class
    {
        for (int i = 0; i < services.Count; i++)
        {
            if (services[i].ServiceType == typeof(T))
            {
                ServiceDescriptor inner = services[i];
                services[i] = ServiceDescriptor.Singleton(provider => decorate(Make<T>(provider, inner)));
            }
        }
    }

    private static T Make<T>(IServiceProvider provider, ServiceDescriptor descriptor)
        where T : class =>
        (T)(descriptor.ImplementationInstance
            ?? descriptor.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!));
}
