using Shared.Operations.Administration;

namespace ChatD.Administration;

/// <summary>Registers what operators can ask of chatD.</summary>
internal static class ChatAdministration
{
    /// <summary>Adds its commands, and its part of the status.</summary>
    public static void AddChatAdministration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddStatus<ChatStatusContributor>();
        builder.Services.AddAdminCommand<ListSessions>();
        builder.Services.AddAdminCommand<KickPlayer>();
    }
}
