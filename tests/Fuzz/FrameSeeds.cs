using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Fuzz;

/// <summary>Valid frames, for the fuzzer to begin with.</summary>
internal static class FrameSeeds
{
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (bool lossy in new[] { false, true })
        {
            byte[] call = Call(lossy);
            byte[] answer = Answer(lossy);
            foreach (byte choice in new byte[] { 0, FrameTarget.Sealed })
            {
                File.WriteAllBytes(Path.Combine(folder, $"call-{lossy}-{choice}"), [choice, .. call]);
                File.WriteAllBytes(Path.Combine(folder, $"answer-{lossy}-{choice}"), [(byte)(choice | FrameTarget.Answer), .. answer]);
            }
        }
    }

    private static unsafe byte[] Call(bool lossy)
    {
        float[] rows = GC.AllocateArray<float>(2 * FrameTarget.Hidden, pinned: true);
        fixed (float* input = rows)
        {
            LayerAssignments all = new(4)
            {
                Layer = 1,
                HiddenSize = FrameTarget.Hidden,
                TopK = 2,
                Count = 4,
                InputRows = 2,
                Input = input,
            };
            (all.Tokens[1], all.Tokens[3], all.Terms[2], all.Terms[3]) = (1, 1, 1, 1);
            ExpertCall call = new(device: 0, maxGroups: 2) { Id = 1, Timeout = TimeSpan.FromSeconds(1), Assignments = all };
            call.Add(new ReplicaGroup(0, 0, 0, 2));
            call.Add(new ReplicaGroup(5, 1, 2, 2));
            CallEncoder encoder = new(FrameTarget.Limits, lossy);
            byte[] frame = new byte[encoder.Measure(call)];
            encoder.Write(call, new CallAddress(FrameTarget.Model, 7, Device: 1), FrameKind.Call, frame);
            return frame;
        }
    }

    private static byte[] Answer(bool lossy)
    {
        byte[] frame = new byte[AnswerEncoder.Measure("refused", 2, FrameTarget.Hidden, lossy)];
        AnswerFields fields = new(1, 7, CallOutcome.Refused, new CallFigures(1, 2, 3));
        AnswerEncoder encoder = AnswerEncoder.Begin(fields, "refused", 2, FrameTarget.Hidden, lossy, frame);
        encoder.WriteRow(0, new float[FrameTarget.Hidden]);
        encoder.WriteRow(1, new float[FrameTarget.Hidden]);
        encoder.End();
        return frame;
    }
}
