return args is [WholePath.Daemons.SeededChannel.Word, ..]
    ? await WholePath.Daemons.SeededChannel.RunAsync(args[1..])
    : await WholePath.WholePathCommand.RunAsync(args);
