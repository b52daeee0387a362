using ChatClient.CommandLine;

return await ChatCommand.RunAsync(args, ChatProgram.ChatAsync, Console.Out, Console.Error);
