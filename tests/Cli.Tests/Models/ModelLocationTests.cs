namespace DaprMoE.Cli.Tests;

public sealed class ModelLocationTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("daprmoe-home").FullName;

    [Fact]
    public void NoName_IsTheBundledModel()
    {
        Assert.Equal(Repository.TinyMoe, Find(null));
    }

    [Fact]
    public void Path_IsRelativeToTheWorkingFolder()
    {
        Directory.CreateDirectory(Path.Combine(_home, "mine"));

        Assert.Equal(Path.Combine(_home, "mine"), Find("mine"));
    }

    [Fact]
    public void Name_OfTheHuggingFaceCache_IsItsSnapshot()
    {
        string entry = Path.Combine(_home, ".cache", "huggingface", "hub", "models--Org--Name");
        string snapshot = Directory.CreateDirectory(Path.Combine(entry, "snapshots", "abc123")).FullName;
        File.WriteAllText(Path.Combine(snapshot, "config.json"), "{}");
        Directory.CreateDirectory(Path.Combine(entry, "refs"));
        File.WriteAllText(Path.Combine(entry, "refs", "main"), "abc123\n");

        Assert.Equal(snapshot, ModelLocation.FindCheckpoint("Org/Name", Environment()));
    }

    [Theory]
    [InlineData("Org/Other")]
    [InlineData("../Name")]
    public void Name_Unknown_IsRefused(string name)
    {
        CommandException error = Assert.Throws<CommandException>(() => Find(name));

        Assert.Equal(ExitCodes.BadInput, error.ExitCode);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string Find(string? model) => ModelLocation.Find(model, Environment());

    private CommandEnvironment Environment() => new()
    {
        Terminal = Terminals.Of(TextWriter.Null, TextWriter.Null),
        Interrupts = new Interrupts(_ => { }),
        Clock = TimeProvider.System,
        WorkingDirectory = _home,
        Root = Repository.Root,
        Variable = name => name == "HOME" ? _home : null,
        NewSeed = () => 0,
    };
}
