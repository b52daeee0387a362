using ChatClient.CommandLine;

return await ChatCommand.RunAsync(args, ChatProgram.ChatAsync, LoadProgram.LoadAsync, Console.Out, Console.Error);
