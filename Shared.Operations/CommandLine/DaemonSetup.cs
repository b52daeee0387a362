using Microsoft.Extensions.Hosting;

namespace Shared.Operations.CommandLine;

/// <summary>A daemon that is set up and not built: its options can be looked at without opening its log or anything else.</summary>
/// <param name="Builder">Has its services and its configuration.</param>
/// <param name="Build">Builds it.</param>
public sealed record DaemonSetup(IHostApplicationBuilder Builder, Func<IHost> Build);
