using Microsoft.Extensions.Hosting;
using Shared.Operations.Administration;

namespace ChannelD.Administration;

/// <summary>Registers what operators can ask of channelD.</summary>
internal static class ChannelAdministration
{
    /// <summary>Adds its commands, and its part of the status.</summary>
    public static void AddChannelAdministration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddStatus<ChannelStatusContributor>();
        builder.Services.AddAdminCommand<ListCharacters>();
        builder.Services.AddAdminCommand<FindCharacter>();
        builder.Services.AddAdminCommand<MuteCharacter>();
        builder.Services.AddAdminCommand<UnmuteCharacter>();
        builder.Services.AddAdminCommand<TraceCharacter>();
    }
}
