return await Observing.ObservingCommand.RunAsync(args);
