using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary>The commands there are.</summary>
internal static class RootCommands
{
    public static RootCommand Create(CommandEnvironment environment)
    {
        RootCommand root = new("Serves Mixture-of-Experts language models in which every expert is a serverless function.")
        {
            new ChatCommand(environment),
            new CompleteCommand(environment),
            new ServeCommand(environment),
            new PsCommand(environment),
            new PlanCommand(environment),
            new BillCommand(environment),
            new ExpertHostCommand(environment),
            new DoctorCommand(environment),
            new UpCommand(environment),
            new DownCommand(environment),
            new VerifyCommand(environment),
            new InspectCommand(environment),
            new MakeModelCommand(environment),
            new TokenizeCommand(environment),
            new BenchCommand(environment),
            new SimulateCommand(environment),
            new RecordCommand(environment),
            new TrainPredictorCommand(environment),
        };
        GlobalOptions.AddTo(root);
        root.SetAction(arguments => root.Parse("--help").Invoke(arguments.InvocationConfiguration));
        HelpPage.Install(root);
        return root;
    }
}
