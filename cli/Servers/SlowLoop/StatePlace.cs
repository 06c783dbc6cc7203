using System.Globalization;
using System.IO.Hashing;
using System.Text;
using DaprMoE.Ports;

namespace DaprMoE.Cli;

/// <summary>
/// A state file that this process alone writes. Two servers in one file would take each other's plans and loads for their own, so a lock file
/// beside it is held; it goes with the process, however that ends.
/// </summary>
internal sealed class StatePlace : IDisposable
{
    /// <summary>Servers of one model on one machine that keep their state apart.</summary>
    private const int Servers = 16;

    private readonly FileStream _lock;

    private StatePlace(string file, FileStream held) => (File, _lock) = (file, held);

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Takes a file that was named.</summary>
    /// <exception cref="StateStoreException">Another process has it, or its folder can't be written.</exception>
    public static StatePlace Take(string file)
    {
        string full = Path.GetFullPath(file);
        try
        {
            return new StatePlace(full, Lock(full));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StateStoreException(
                $"The state file {full} can't be taken: {exception.Message} One server writes a state file; name another one by --state.", exception);
        }
    }

    /// <summary>Takes the file of a model, or the first free one behind it when another server of the model runs.</summary>
    /// <param name="folder">Where state files are.</param>
    /// <param name="model">The model's folder.</param>
    /// <exception cref="StateStoreException">All are taken, or the folder can't be written.</exception>
    public static StatePlace TakeFor(string folder, string model)
    {
        string name = NameOf(model);
        for (int server = 1; server < Servers; server++)
        {
            string number = server == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".{server}");
            try
            {
                string file = Path.Combine(folder, $"{name}{number}.db");
                return new StatePlace(file, Lock(file));
            }
            catch (IOException exception) when (exception is not DirectoryNotFoundException)
            {
                // Another server has it.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StateStoreException(
                    $"The folder {folder} can't be written: {exception.Message} Name a state file by --state.", exception);
            }
        }

        throw new StateStoreException($"{Servers} servers of this model have a state file in {folder} each. Name another one by --state.");
    }

    /// <summary>The folder for state files of a user.</summary>
    public static string DefaultFolder() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "daprmoe");

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>Folders of one name are told apart by where they are.</summary>
    private static string NameOf(string model)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(model));
        string hash = Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(full)))[..8];
        return $"state-{Path.GetFileName(full)}-{hash}";
    }

    private static FileStream Lock(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
