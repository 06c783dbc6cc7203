using DaprMoE.Cli;

using var interrupts = Interrupts.OfProcess();
return await CommandLineApp.RunAsync(args, CommandEnvironment.OfProcess(interrupts));
