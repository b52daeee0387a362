// What a start costs that has nothing of the daemons in it: .NET's host, and the word that says that it is up.
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;

using IHost host = Host.CreateApplicationBuilder(args).Build();
await host.StartAsync();
if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 } address)
{
    using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    _ = socket.SendTo(Encoding.UTF8.GetBytes("READY=1"), new UnixDomainSocketEndPoint(address));
}

await host.WaitForShutdownAsync();
