using DaprMoE.Cli;

using Interrupts interrupts = Interrupts.OfProcess();
return await CommandLineApp.RunAsync(args, CommandEnvironment.OfProcess(interrupts));
