using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary>The commands there are.</summary>
internal static class RootCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Serves Mixture-of-Experts language models in which every expert is a serverless function.");
        GlobalOptions.AddTo(root);
        root.SetAction(arguments => root.Parse("--help").Invoke(arguments.InvocationConfiguration));
        HelpPage.Install(root);
        return root;
    }
}
