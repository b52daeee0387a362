using ChatClient.CommandLine;
using ChatClient.Load;
using Shared.Protocol.Hosting;

return await ChatCommand.RunAsync(args, ChatProgram.ChatAsync, LoadAsync, Console.Out, Console.Error);

static Task<int> LoadAsync(LoadOptions options, CancellationToken cancellationToken)
{
    // Many players on the processors that the daemons need: none is to cost a hand-over between threads for each answer.
    InlineSockets.Prefer();
    return LoadProgram.LoadAsync(options, cancellationToken);
}
