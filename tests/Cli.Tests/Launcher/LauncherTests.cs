using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;

namespace DaprMoE.Cli.Tests;

/// <summary>The launcher in a repository of its own, with an SDK that is a script.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LauncherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-launcher").FullName;

    [Fact]
    public async Task NoDotnet_OneSentenceThatSaysWhatToInstall()
    {
        BufferedCommandResult result = await Launch(Tools());

        Assert.Equal(127, result.ExitCode);
        Assert.Equal("", result.StandardOutput);
        Assert.StartsWith("daprmoe needs the .NET 10 SDK: install it from https://", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task OlderSdk_SaysWhatToInstall()
    {
        string tools = Tools();
        await ScriptAsync(tools, "dotnet", "echo '8.0.404 [/usr/share/dotnet/sdk]'");

        BufferedCommandResult result = await Launch(tools);

        Assert.Equal(127, result.ExitCode);
        Assert.Contains(".NET 10 SDK", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildFails_ShowsTheLog()
    {
        string tools = Tools();
        await ScriptAsync(tools, "dotnet", "if [ \"$1\" = --list-sdks ]; then echo '10.0.100 [x]'; else echo 'error CS0000: broken'; exit 1; fi");

        BufferedCommandResult result = await Launch(tools);

        Assert.Equal(126, result.ExitCode);
        Assert.Contains("error CS0000: broken", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondStart_SkipsTheBuild_AndAnEditBringsItBack()
    {
        string tools = Tools();
        await ScriptAsync(tools, "dotnet", FakeSdk);

        BufferedCommandResult first = await Launch(tools, "one two");
        BufferedCommandResult second = await Launch(tools, "three");
        File.WriteAllText(Path.Combine(_folder, "cli", "New.cs"), "");
        BufferedCommandResult third = await Launch(tools, "four");

        Assert.Equal("ran one two\n", first.StandardOutput);
        Assert.Contains("Building", first.StandardError, StringComparison.Ordinal);
        Assert.Equal(("ran three\n", ""), (second.StandardOutput, second.StandardError));
        Assert.Contains("Building", third.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithTorch_BuildsAndRunsInFoldersOfItsOwn()
    {
        string tools = Tools();
        await ScriptAsync(tools, "dotnet", FakeSdk);

        BufferedCommandResult result = await Launch(tools, "one", "DAPRMOE_TORCH=cpu");

        Assert.Equal("ran one\n", result.StandardOutput);
        Assert.True(File.Exists(Path.Combine(_folder, "artifacts", "torch-cpu", "daprmoe.stamp")));
        Assert.False(File.Exists(Path.Combine(_folder, "artifacts", "daprmoe.stamp")));
    }

    [Fact]
    public async Task WithUnknownTorch_SaysWhatIsAllowed()
    {
        BufferedCommandResult result = await Launch(Tools(), "", "DAPRMOE_TORCH=gpu");

        Assert.Equal(126, result.ExitCode);
        Assert.Equal("DAPRMOE_TORCH is 'gpu'; allowed are none, cpu and cuda.\n", result.StandardError);
    }

    [Fact]
    public async Task TwoFirstStarts_BuildOnce()
    {
        string tools = Tools();
        await ScriptAsync(tools, "dotnet", FakeSdk);

        BufferedCommandResult[] both = await Task.WhenAll(Launch(tools, "a"), Launch(tools, "b"));

        Assert.Equal(["ran a\n", "ran b\n"], both.Select(result => result.StandardOutput));
        Assert.Single(both, result => result.StandardError.Contains("Building", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_FromAnotherFolder_Runs()
    {
        string tools = Tools();
        await ScriptAsync(tools, "dotnet", FakeSdk);
        string elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        File.CreateSymbolicLink(Path.Combine(elsewhere, "moe"), Path.Combine(_folder, "daprmoe"));

        BufferedCommandResult result = await Command(Path.Combine(elsewhere, "moe"), tools, elsewhere, "here").ExecuteBufferedAsync(Stop);

        Assert.Equal("ran here\n", result.StandardOutput);
    }

    [Fact]
    public async Task StandardInput_Closed_IsEmpty()
    {
        string tools = Tools();
        await ScriptAsync(tools, "dotnet", FakeSdk.Replace("shift;", "shift; cat && ", StringComparison.Ordinal));

        BufferedCommandResult result = await CliWrap.Cli.Wrap("/usr/bin/env")
            .WithArguments(["-i", $"PATH={tools}", $"HOME={_folder}", "bash", "-c", "exec bash ./daprmoe chat <&-"])
            .WithWorkingDirectory(_folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Stop);

        Assert.True(result.StandardOutput == "ran chat\n", result.StandardOutput + result.StandardError);
    }

    [Fact]
    public async Task TestScript_DotnetInTheHomeFolder_IsFound()
    {
        string tools = Tools();
        foreach (string tool in new[] { "dirname", "getconf", "mktemp", "tee", "rm" })
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), "/usr/bin/" + tool);
        }

        File.Copy(Path.Combine(Repository.Root, "test"), Path.Combine(_folder, "test"));
        Directory.CreateDirectory(Path.Combine(_folder, ".dotnet"));
        await ScriptAsync(Path.Combine(_folder, ".dotnet"), "dotnet", "echo '10.0.100 [x]'; echo \"called $1\" >&2");

        BufferedCommandResult result = await Command(Path.Combine(_folder, "test"), tools, _folder, "").ExecuteBufferedAsync(Stop);

        Assert.Contains("called build", result.StandardError, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Stands for the SDK: building writes the program, running prints its words.</summary>
    private const string FakeSdk = """
        case "$1" in
            --list-sdks) echo '10.0.100 [x]' ;;
            build)
                case "$*" in *TorchBackend=cpu*) folder=artifacts/torch-cpu ;; *) folder=artifacts ;; esac
                mkdir -p $folder/bin/Cli/release
                touch $folder/bin/Cli/release/daprmoe.dll
                ;;
            *) shift; echo "ran $*" ;;
        esac
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<BufferedCommandResult> Launch(string tools, string words = "", params string[] variables) =>
        Command(Path.Combine(_folder, "daprmoe"), tools, _folder, words, variables).ExecuteBufferedAsync(Stop).Task;

    private CliWrap.Command Command(
        string launcher, string tools, string folder, string words, params string[] variables) => CliWrap.Cli.Wrap("/usr/bin/env")
        .WithArguments(["-i", $"PATH={tools}", $"HOME={_folder}", .. variables, "bash", launcher, .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        .WithWorkingDirectory(folder)
        .WithValidation(CommandResultValidation.None);

    /// <summary>A repository with the launcher, and a PATH with what it calls, dotnet excepted.</summary>
    private string Tools()
    {
        File.Copy(Repository.Launcher, Path.Combine(_folder, "daprmoe"));
        Directory.CreateDirectory(Path.Combine(_folder, "cli"));
        string tools = Directory.CreateDirectory(Path.Combine(_folder, "tools")).FullName;
        foreach (string tool in new[] { "bash", "cat", "find", "flock", "grep", "mkdir", "mv", "readlink", "sed", "sort", "sleep", "tail", "touch" })
        {
            string path = new[] { "/usr/bin/" + tool, "/bin/" + tool }.First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(tools, tool), path);
        }

        return tools;
    }

    /// <summary>
    /// Adds a program. Another process writes it: a test beside this one may start a process meanwhile, which would hold the file
    /// open for writing, and such a file cannot be run.
    /// </summary>
    private static async Task ScriptAsync(string tools, string name, string body)
    {
        string draft = Path.Combine(tools, name + ".draft");
        await File.WriteAllTextAsync(draft, "#!/bin/bash\n" + body + "\n", Stop);
        await CliWrap.Cli.Wrap("install").WithArguments(["-m", "755", draft, Path.Combine(tools, name)]).ExecuteAsync(Stop);
    }
}
