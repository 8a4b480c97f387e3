use super::*;
#[test]
fn corpus() {
    let Ok(list) = std::env::var("ARCH_FILES") else { return };
    let child = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(move || {
        let (mut bad, mut n, mut skipped) = (0, 0, 0);
        for path in std::fs::read_to_string(list).unwrap().lines() {
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            n += 1;
            let a = format!("{:#?}", parse_with(path, &text, Bodies::Left));
            let b = format!("{:#?}", parse_with(path, &text, Bodies::Made));
            if a != b {
                bad += 1;
                if bad < 12 {
                    println!("DIFF {path}");
                    for (k, (x, y)) in a.lines().zip(b.lines()).enumerate() {
                        if x != y {
                            let l: Vec<&str> = a.lines().collect();
                            let m: Vec<&str> = b.lines().collect();
                            for i in k.saturating_sub(8)..(k + 6).min(l.len()).min(m.len()) {
                                println!("   {:60} | {}", l[i], m[i]);
                            }
                            break;
                        }
                    }
                }
            }
            skipped += 0;
        }
        println!("{n} files, {bad} differ {skipped}");
    }).unwrap();
    child.join().unwrap();
}
