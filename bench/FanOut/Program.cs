return await FanOut.FanOutCommand.RunAsync(args);
