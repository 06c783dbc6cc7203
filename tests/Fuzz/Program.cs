using DaprMoE.Fuzz;
using SharpFuzz;

// The target of eng/fuzz.sh. Without arguments it reads what afl-fuzz writes; "seeds DIR" writes frames to begin with;
// "replay FILE…" runs inputs that the fuzzer has found, with a build that is not instrumented.
switch (args)
{
    case ["seeds", var folder]:
        FrameSeeds.Write(folder);
        break;
    case ["replay", .. var files]:
        foreach (string file in files)
        {
            FrameTarget.Run(File.ReadAllBytes(file));
            Console.WriteLine($"{file}: fine");
        }

        break;
    default:
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using MemoryStream input = new();
            stream.CopyTo(input);
            FrameTarget.Run(input.ToArray());
        });
        break;
}
